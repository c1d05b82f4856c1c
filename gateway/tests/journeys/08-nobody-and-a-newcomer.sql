-- Anonymous as nobody: 0 statements

-- Unlinked as newcomer: 0 statements

