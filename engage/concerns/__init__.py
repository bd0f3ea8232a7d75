"""What residents want the city to hear: concerns, priorities, agendas, minutes, and what came of each."""
