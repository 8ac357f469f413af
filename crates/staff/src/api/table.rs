//! Every route.

use super::{
    command, laboratory, machines, network, own, people, read, readers, records, route::Route,
    rules, stock,
};

/// All of them, in the order of the document.
pub(crate) fn routes() -> Vec<Route> {
    let [change, cancel] = command::hold_change::routes();
    let [pay, charge] = command::money::routes();
    let [pull_list, shuttle, hold_shelf] = read::lists::routes();
    let [records, offline] = read::work_lists::routes();
    let [hold, queue] = read::queue::routes();
    let [try_policy, policy_trial, policy_trial_cases] = laboratory::routes();
    let [make_token, end_token] = own::tokens::routes();
    let mut routes = vec![
        command::loan::route(),
        command::returned::route(),
        command::renewal::route(),
        command::renewal::route_of_all(),
        command::undo::route(),
        command::hold::route(),
        change,
        cancel,
        pay,
        charge,
        command::condition::route(),
        read::item::route(),
        read::history::route(),
        read::copies::route(),
        queue,
        hold,
        read::patron::route(),
        read::event::route(),
        pull_list,
        shuttle,
        hold_shelf,
        records,
        offline,
        try_policy,
        policy_trial,
        policy_trial_cases,
        own::me::route(),
        make_token,
        end_token,
    ];
    routes.extend(network::routes());
    routes.extend(records::routes());
    routes.extend(machines::routes());
    routes.extend(readers::routes());
    routes.extend(people::routes());
    routes.extend(stock::routes());
    routes.extend(rules::routes());
    routes
}
