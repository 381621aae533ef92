"""The board report: figures as questions and answers, the same for page, PDF and spreadsheet."""
