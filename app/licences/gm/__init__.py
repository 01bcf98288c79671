"""The Chinese national algorithms as seals and their certificates use them: SM2, SM3, DER, chains. Verification only."""
