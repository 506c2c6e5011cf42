"""What changes a report: answers, submission, withdrawal, publication, questions."""
