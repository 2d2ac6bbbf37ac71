"""What texts mean: encoders that turn them into vectors, and how near a question's is to each entry's."""
