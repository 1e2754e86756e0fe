use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn percent(text: &str) -> Option<Share> {
    Some(text.parse().expect("a share"))
}

/// A subsidiary edge that always holds.
fn owns(parent: i64, child: i64, share: Option<Share>) -> Edge {
    Edge { id: parent * 1000 + child, parent, child, kind: Kind::Subsidiary, share, from: None, to: None }
}

fn between(edge: Edge, from: &str, to: &str) -> Edge {
    let day = |text: &str| (!text.is_empty()).then(|| day(text));
    Edge { from: day(from), to: day(to), ..edge }
}

fn at(account: i64, graph: &Graph, on: &str) -> i64 {
    graph.root(account, day(on))
}

#[test]
fn shares_are_percentages_with_two_decimals() {
    for (text, shown, hundredths) in [("51", "51", 5100), (" 33,34 % ", "33.34", 3334), ("0.5%", "0.5", 50), ("100", "100", 10_000)] {
        let share: Share = text.parse().expect(text);
        assert_eq!((share.to_string().as_str(), share.hundredths()), (shown, hundredths));
    }
    for text in ["", "0", "0.001", "100.01", "101", "-5", "5.5.5", "%", ".", "fifty", "1e2", "٣"] {
        assert!(text.parse::<Share>().is_err(), "{text}");
    }
}

#[test]
fn half_is_control_and_less_is_not() {
    let graph = Graph::new(vec![owns(1, 2, percent("50")), owns(1, 3, percent("49.99")), owns(1, 4, None)]);
    let on = day("2026-01-01");
    assert_eq!(graph.group(2, on), [1, 2, 4]);
    assert_eq!(graph.group(3, on), [3]);
    assert_eq!(graph.controllers(4, on), [1]);
}

#[test]
fn a_joint_venture_of_two_halves_stands_for_itself_and_one_with_a_majority_belongs_to_it() {
    let venture = |parent, child, share| Edge { kind: Kind::JointVenture, ..owns(parent, child, share) };
    let on = day("2026-01-01");
    let halves = Graph::new(vec![venture(1, 9, percent("50")), venture(2, 9, percent("50")), owns(9, 10, None)]);
    assert_eq!((halves.group(10, on), halves.group(1, on)), (vec![9, 10], vec![1]));
    assert_eq!(halves.around(&[1], on).len(), 1);
    let majority = Graph::new(vec![venture(1, 9, percent("60")), venture(2, 9, percent("40"))]);
    assert_eq!(majority.group(9, on), [1, 9]);
    let unknown = Graph::new(vec![venture(1, 9, None)]);
    assert_eq!(unknown.group(9, on), [9]);
}

#[test]
fn the_group_is_the_one_of_the_day() {
    let graph =
        Graph::new(vec![owns(1, 2, None), between(owns(2, 3, None), "2026-04-01", ""), between(owns(5, 3, None), "", "2026-03-31")]);
    assert_eq!((at(3, &graph, "2026-03-31"), at(3, &graph, "2026-04-01")), (5, 1));
    assert_eq!(graph.under(2, day("2026-04-01")), [2, 3]);
    assert_eq!(graph.roots(day("2026-04-01")).of(3), 1);
}

#[test]
fn paying_and_receiving_make_no_group() {
    let graph = Graph::new(vec![Edge { kind: Kind::PaysFor, ..owns(1, 2, None) }]);
    let on = day("2026-01-01");
    assert_eq!(graph.group(2, on), [2]);
    assert_eq!(graph.around(&[2], on).len(), 1);
}

#[test]
fn an_edge_that_cannot_be_is_refused_with_the_reason() {
    let graph = Graph::new(vec![owns(1, 2, percent("60")), between(owns(3, 2, percent("30")), "2026-01-01", "2026-06-30")]);
    let refused = |edge: Edge| graph.check(&edge).expect_err("refused");
    assert_eq!(refused(owns(4, 4, None)), Refusal::Itself);
    assert_eq!(refused(between(owns(4, 5, None), "2026-02-01", "2026-01-31")), Refusal::EndsBeforeStart);
    assert_eq!(refused(Edge { kind: Kind::PaysFor, ..owns(4, 5, percent("5")) }), Refusal::NoShare);
    assert_eq!(refused(Edge { id: 0, ..owns(1, 2, None) }), Refusal::Known);
    assert_eq!(refused(Edge { kind: Kind::JointVenture, id: 0, ..owns(1, 2, None) }), Refusal::Known);
    let too_much = Refusal::MoreThanWhole { day: Some(day("2026-01-01")), hundredths: 10_100 };
    assert_eq!(refused(owns(4, 2, percent("11"))), too_much);
    assert_eq!(graph.check(&between(owns(4, 2, percent("40")), "2026-07-01", "")), Ok(()));
    assert_eq!(graph.check(&Edge { share: percent("70"), ..owns(1, 2, None) }), Ok(()), "an edge may take its own place");
}

#[test]
fn control_never_leads_back_also_through_time() {
    let graph = Graph::new(vec![owns(1, 2, None), between(owns(2, 3, None), "2026-01-01", "2026-03-31"), owns(4, 1, percent("10"))]);
    assert_eq!(graph.check(&owns(3, 1, None)), Err(Refusal::Cycle(vec![3, 2, 1])));
    assert_eq!(graph.check(&between(owns(3, 1, None), "2026-04-01", "")), Ok(()), "the way was cut before");
    assert_eq!(graph.check(&owns(1, 4, None)), Ok(()), "a small share is no control");
    assert_eq!(graph.check(&Edge { kind: Kind::PaysFor, ..owns(2, 1, None) }), Ok(()));
}

fn any_edge(id: i64) -> impl Strategy<Value = Edge> {
    let date = |from: i32| prop::option::of((from..from + 40).prop_map(|n| day("2026-01-01") + chrono::Days::new(n as u64)));
    let kind = prop::sample::select(Kind::ALL);
    let share = prop::option::of(prop::sample::select(vec![1000_i64, 4000, 5000, 6000, 10_000]));
    (0..8_i64, 0..8_i64, kind, share, date(0), date(10)).prop_map(move |(parent, child, kind, share, from, to)| Edge {
        id,
        parent,
        child,
        kind,
        share: share.and_then(Share::new),
        from,
        to,
    })
}

/// A graph as it comes about: what is refused stays out.
fn any_graph() -> impl Strategy<Value = Graph> {
    let edges: Vec<_> = (1..40).map(any_edge).collect();
    edges.prop_map(|edges| {
        edges.into_iter().fold(Graph::default(), |graph, edge| match graph.check(&edge) {
            Ok(()) => Graph::new(graph.edges().iter().cloned().chain([edge]).collect()),
            Err(_) => graph,
        })
    })
}

proptest! {
    #[test]
    fn groups_are_a_partition_on_every_day_so_sums_over_them_are_the_whole(graph in any_graph(), amounts in prop::collection::vec(-50_i64..500, 8), later in 0_u64..60) {
        let on = day("2026-01-01") + chrono::Days::new(later);
        let roots = graph.roots(on);
        let mut seen = Vec::new();
        let mut sum = 0;
        for head in (0..8).filter(|&account| roots.of(account) == account) {
            let group = graph.group(head, on);
            prop_assert!(group.iter().all(|&member| roots.of(member) == head && graph.root(member, on) == head));
            sum += group.iter().map(|&member| amounts[member as usize]).sum::<i64>();
            seen.extend(group);
        }
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..8).collect::<Vec<i64>>());
        prop_assert_eq!(sum, amounts.iter().sum::<i64>(), "no edge changes the total");
    }

    #[test]
    fn no_circle_of_control_can_be_entered(graph in any_graph(), later in 0_u64..60) {
        let on = day("2026-01-01") + chrono::Days::new(later);
        for start in 0..8 {
            let (mut open, mut seen) = (vec![start], HashSet::new());
            while let Some(account) = open.pop() {
                for edge in graph.above(account).filter(|edge| edge.gives_control() && edge.holds_on(on)) {
                    prop_assert_ne!(edge.parent, start, "{:?}", graph.edges());
                    if seen.insert(edge.parent) { open.push(edge.parent); }
                }
            }
        }
    }

    #[test]
    fn a_node_holds_what_its_children_hold_and_itself(graph in any_graph(), later in 0_u64..60) {
        let on = day("2026-01-01") + chrono::Days::new(later);
        for account in 0..8 {
            let mut parts = vec![account];
            parts.extend(graph.controlled(account, on).into_iter().flat_map(|child| graph.under(child, on)));
            parts.sort_unstable();
            let mut under = graph.under(account, on);
            under.sort_unstable();
            prop_assert_eq!(parts, under);
        }
    }

    #[test]
    fn shares_never_exceed_the_whole(graph in any_graph(), later in 0_u64..60) {
        let on = day("2026-01-01") + chrono::Days::new(later);
        for account in 0..8 {
            let held: i64 = graph.above(account).filter(|edge| edge.kind.is_holding() && edge.holds_on(on)).filter_map(|edge| edge.share).map(Share::hundredths).sum();
            prop_assert!(held <= 10_000);
        }
    }

    #[test]
    fn shares_are_read_as_they_are_written(hundredths in 1_i64..=10_000) {
        let share = Share::new(hundredths).expect("within");
        prop_assert_eq!(share.to_string().parse(), Ok(share));
    }
}
