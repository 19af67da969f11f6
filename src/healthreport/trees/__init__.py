"""The closed trees that the stages hand on: outline, document, and the slots in its words."""
