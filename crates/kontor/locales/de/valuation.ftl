valuation-metric-wrong = Umsatz (revenue) oder Ertrag (margin).
