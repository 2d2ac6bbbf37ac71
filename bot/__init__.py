"""A Discord bot and a terminal that answer from a community's lessons. `.github/CONTRIBUTING.md` has the map."""

import os

# NumPy reads this when it is first imported. Our products of matrices are small: more threads make them hardly
# quicker, but take nearly twice as much of the processor, as they run while they wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
