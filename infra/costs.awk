# What a month on Azure costs, worked out from counts: awk -f infra/costs.awk
# Prints the table of docs/deployment.md. Change a count or a price here, run it, and paste the table there.
# mawk, gawk and busybox awk all run it.

function row(what, formula, price,    s) {
    printf "| %s | %s | %s |", what, formula, price
    for (s = 1; s <= sizes; s++) printf " %s | %s |", short(amount[s]), money(cost[s])
    printf "\n"
    for (s = 1; s <= sizes; s++) total[s] += cost[s]
}

function short(x) {
    if (x >= 1e6) return sprintf("%.1f M", x / 1e6)
    if (x >= 1e3) return sprintf("%.1f k", x / 1e3)
    return sprintf("%.1f", x)
}

function money(x) { return x >= 100 ? sprintf("%.0f", x) : sprintf("%.2f", x) }

function over(x, free) { return x > free ? x - free : 0 }

function between(x, low, high) { return over(x < high ? x : high, low) }

# A group of functions is billed while any of it runs, at least a second at a time. Calls that come by chance keep one
# instance busy for 1 - exp(-rate) of the time; calls that come at once are spread over more than one.
function busy(calls) { return month * (1 - exp(-calls / month)) * spread }

BEGIN {
    sizes = split("10000 1000000 10000000", N, " ")
    month = 2628000    # seconds in a month

    # What one customer does in a month. Assumed.
    orders = 0.5; messages = 2; feedback = 2.5; others = 0.2; enrollments = 0.3; naps = 6; days = 30
    signals = orders + messages * feedback + others

    # What the code asks of Table Storage for it: counted by tests/Cvm.Functions.Tests (CountedTests), with 4.3 for folding what a turn counts.
    signalTable = 10; messageTable = 18; napTable = 8; dayTable = 1.9
    timerTable = 43800 * 40 + 8760 * 16 # a fold every minute and a watchdog every five, when nothing is to be done

    # What Service Bus and Durable's own storage are asked for: estimates.
    signalBus = 4
    napQueue = 8; napHistory = 6
    signalRuns = 2; napRuns = 4
    daySeconds = 0.0005; timerRuns = 3 * 4 * 730; spread = 1.5
    customerKB = 20; signalLogKB = 1
    memory = 2; warm = 1

    # List prices, US dollars. Sources and dates are in docs/deployment.md.
    tablePrice = 0.036 / 1e6; queuePrice = 0.40 / 1e6; gigabyte = 0.045
    runPrice = 0.40 / 1e6; secondPrice = 0.000026; warmPrice = 0.000004; logPrice = 2.76

    printf "| what | how many, for N customers | price |"
    for (s = 1; s <= sizes; s++) printf " %s | USD |", (N[s] >= 1e6 ? sprintf("%d million", N[s] / 1e6) : sprintf("%d thousand", N[s] / 1e3))
    printf "\n|---|---|---|"
    for (s = 1; s <= sizes; s++) printf "--:|--:|"
    printf "\n"

    for (s = 1; s <= sizes; s++) {
        amount[s] = N[s] * (signals * signalTable + messages * messageTable + enrollments * naps * napTable + days * dayTable) + timerTable
        cost[s] = amount[s] * tablePrice
    }
    row("tables, customers", "N (s·Ts + m·Tm + e·n·Tn + 30·Td) + Tt", "0.036 a million")

    for (s = 1; s <= sizes; s++) { amount[s] = N[s] * enrollments * naps * napHistory; cost[s] = amount[s] * tablePrice }
    row("tables, orchestrations", "N·e·n·Hn", "0.036 a million")

    for (s = 1; s <= sizes; s++) { amount[s] = N[s] * enrollments * naps * napQueue; cost[s] = amount[s] * queuePrice }
    row("queues, orchestrations", "N·e·n·Qn", "0.40 a million")

    for (s = 1; s <= sizes; s++) {
        amount[s] = N[s] * signals * signalBus
        cost[s] = 10 + (between(amount[s], 13e6, 100e6) * 0.80 + between(amount[s], 100e6, 2500e6) * 0.50 + over(amount[s], 2500e6) * 0.20) / 1e6
    }
    row("Service Bus", "N·s·Bs", "10, then by steps")

    for (s = 1; s <= sizes; s++) {
        amount[s] = N[s] * (signals * signalRuns + enrollments * naps * napRuns)
        cost[s] = over(amount[s], 250000) * runPrice
    }
    row("function runs", "N (s·Rs + e·n·Rn)", "0.40 a million after 250 k")

    for (s = 1; s <= sizes; s++) {
        amount[s] = memory * (2 * busy(N[s] * signals) + busy(N[s] * enrollments * naps) + N[s] * days * daySeconds + timerRuns)
        cost[s] = over(amount[s], 100000) * secondPrice
    }
    row("GB-seconds, busy", "G (2·busy(N·s) + busy(N·e·n) + 30·N·Sd + timers)", "26 a million after 100 k")

    for (s = 1; s <= sizes; s++) { amount[s] = memory * warm * month; cost[s] = amount[s] * warmPrice }
    row("GB-seconds, kept warm", "G·w·2.628 M", "4 a million")

    for (s = 1; s <= sizes; s++) { amount[s] = N[s] * customerKB / 1e6; cost[s] = amount[s] * gigabyte }
    row("GB stored", "N·K", "0.045")

    for (s = 1; s <= sizes; s++) { amount[s] = N[s] * signals * signalLogKB / 1e6; cost[s] = over(amount[s], 5) * logPrice }
    row("GB of logs", "N·s·L", "2.76 after 5")

    printf "| **a month** | | |"
    for (s = 1; s <= sizes; s++) printf " | **%s** |", money(total[s])
    printf "\n| a thousand customers | | |"
    for (s = 1; s <= sizes; s++) printf " | %s |", money(total[s] / N[s] * 1000)
    printf "\n"
}
