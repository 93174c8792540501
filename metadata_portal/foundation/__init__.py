"""What every page needs: middleware, health, pagination, template tags. No models."""
