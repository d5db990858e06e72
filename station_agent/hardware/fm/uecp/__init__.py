"""UECP, the serial language of RDS encoders (RDS Forum SPB 490, IEC 62106-10); all of it pure."""
