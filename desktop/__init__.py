"""The product: supervision of service halls as a person sees it."""
