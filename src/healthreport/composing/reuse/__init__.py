"""What reports of one shape on one base share."""
