"""Mailer: mails are written in a process of their own and handed to a mail server by SMTP."""
