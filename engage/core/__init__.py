"""What every feature stands on. Knows no feature; a closed list, kept small."""
