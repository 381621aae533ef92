"""Group sessions and drop-ins: who may come, the dates, and one register for each date."""
