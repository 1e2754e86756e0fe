web-chart-empty = There is nothing to draw in this period.
web-chart-class-a = A up to { $percent }%
web-chart-class-b = B up to { $percent }%
web-chart-class-c = C
web-chart-largest = largest account
web-chart-first-ranks = Ranks 1 to { $count }, as many in each bar
web-chart-rank = Rank { $rank }
web-chart-ranks = Ranks { $first } to { $last }
web-chart-mark = { $count ->
    [one] { $count } account · { $share }
   *[other] { $count } accounts · { $share }
}
web-chart-revenue = Revenue
web-chart-earlier = before
web-chart-margin = Margin
web-chart-before = Year before
web-chart-rest = other months
