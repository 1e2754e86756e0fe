# What we do all day; each line is the whole recipe.

# a demo company at the printed address
demo:
    cargo run --release -- demo

# serve the data folder ./kontor-data
serve:
    cargo run --release -- serve

# all tests that this machine can run
test:
    cargo test --workspace

# what must hold before a change lands
ci:
    .ci/run

# formatting and lints
check:
    cargo fmt --all --check && cargo clippy --workspace --all-targets -- -D warnings

# accept changed snapshots (API contract, command line)
accept:
    INSTA_UPDATE=always cargo test --workspace

# ten million lines of load data
load:
    cargo run --release -- generate --lines 10000000 --accounts 50000 --seed 1 --out target/load/lines.csv

# speed and memory beside DuckDB
bench:
    cargo build --release && python3 benches/compare.py --kontor target/release/kontor --data target/load

# the API contract
openapi:
    cargo run -- openapi
