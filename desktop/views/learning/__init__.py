"""座席学习: what a hall teaches its cameras about its seats."""
