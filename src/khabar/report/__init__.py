"""The periodic security report: what happened in a period and an area, every number with the incidents behind it."""
