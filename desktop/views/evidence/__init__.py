"""The evidence viewer: pictures, clips and papers, their marks, and who held them."""
