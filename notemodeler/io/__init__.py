"""Floor 2, the doors: document file, recovery, price files, Excel."""
