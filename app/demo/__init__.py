"""The synthetic world of demo mode: made-up people, issuers, licences, pictures and clips."""
