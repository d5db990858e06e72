"""The offline root: key files, documents signed on machines without a network, the chain."""
