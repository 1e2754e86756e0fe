valuation-metric-wrong = revenue or margin.
