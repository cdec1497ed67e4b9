"""Words: what somebody typed, taken apart, mended and understood. It knows the field, and nothing of any activity."""
