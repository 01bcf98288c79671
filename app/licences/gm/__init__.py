"""The national algorithms as seals use them: SM2, SM3, DER, certificates and their chains. Verification only."""
