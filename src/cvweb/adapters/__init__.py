"""What a vendor can do: each adapter implements ports and knows no HTTP route."""
