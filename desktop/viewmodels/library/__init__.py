"""The library of legal bases and the profiles of the organs, as their page shows them."""
