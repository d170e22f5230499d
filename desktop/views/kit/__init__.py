"""The parts every page is put together from, so that all of them look and behave alike."""
