"""The synthetic world of demo mode: people, firms, issuers, clips; and the scenarios played in it."""
