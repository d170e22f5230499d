"""Threads and child processes that the program owns: started once, watched, and joined."""
