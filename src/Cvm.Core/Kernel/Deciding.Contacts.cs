namespace Cvm;

// Regular contact by the team, as the playbook plans it.
sealed partial class Deciding
{
    const int MaxPlans = 50;

    void AskForContact(Signal.Day day, DateOnly since)
    {
        foreach (var plan in playbook.Contacts)
        {
            // Most are none of the plan's, which is cheaper to tell than whose day it is.
            if (!plan.Who.Holds(View(null, null)) || IsAsked(plan) || !IsTheDay(plan, since, day.Date)) continue;
            GiveContact(plan);
        }
    }

    bool IsAsked(ContactPlan plan)
    {
        foreach (var task in dossier.Tasks) if (task.Open && task.Plan == plan.Name) return true;
        return false;
    }

    // The day a span after the last contact. Where that day went by, because the plan is new or the customer new to it, a day of the
    // customer's own within the next span: else everybody would be called on the same Monday.
    bool IsTheDay(ContactPlan plan, DateOnly since, DateOnly today)
    {
        if (LastContact(plan) is { } last)
        {
            var next = LocalTimes.Day(Zone, last).AddDays(plan.Every);
            if (next > today) return false;
            if (next > since) return true;
        }

        var own = (int)(Chance.Of("contact", plan.Name, dossier.Customer) * plan.Every);
        var first = since.DayNumber + 1;
        return first + (((own - first) % plan.Every + plan.Every) % plan.Every) <= today.DayNumber;
    }

    DateTimeOffset? LastContact(ContactPlan plan)
    {
        var last = StandingOf(plan.Name)?.Closed;
        foreach (var contact in dossier.Contacts) if (contact.Kind == plan.Kind && !(contact.At <= last)) last = contact.At;
        return last;
    }

    void GiveContact(ContactPlan plan)
    {
        var known = StandingOf(plan.Name);
        var standing = (known ?? new(plan.Name, 0)) with { Count = (known?.Count ?? 0) + 1 };
        var task = new StaffTask
        {
            Id = $"contact:{plan.Name}:{dossier.Customer}:{standing.Count}",
            For = plan.For,
            Do = Fill(plan.Do),
            At = now,
            Kind = plan.Kind,
            DueAt = plan.Due?.After(now, Zone, playbook.Policies.Hours),
            Outcomes = plan.Outcomes,
            Plan = plan.Name,
        };

        PutStanding(known, standing);
        AddTask(task, null, null);
        QueueNote(task.Id, plan.For, StaffData(task.Do, task.Do, task.DueAt));
    }

    PlanStanding? StandingOf(string plan)
    {
        foreach (var standing in dossier.Plans) if (standing.Plan == plan) return standing;
        return null;
    }

    void PutStanding(PlanStanding? known, PlanStanding next) => dossier = dossier with
    {
        Plans = known is null ? RoomIn(dossier.Plans, MaxPlans, old => !playbook.Contacts.Any(plan => plan.Name == old.Plan)).Add(next) : dossier.Plans.Replace(known, next),
    };

    // Done or cancelled: either way somebody has dealt with it, and the next one comes a span later.
    void CloseIn(string? plan, DateTimeOffset at)
    {
        if (plan is not null && StandingOf(plan) is { } known) PutStanding(known, known with { Closed = known.Closed > at ? known.Closed : at });
    }

    ImmutableArray<Contact> With(Contact contact)
    {
        for (var i = 0; i < dossier.Contacts.Length; i++)
            if (dossier.Contacts[i].Kind == contact.Kind) return dossier.Contacts[i].At >= contact.At ? dossier.Contacts : dossier.Contacts.SetItem(i, contact);
        return dossier.Contacts.Add(contact);
    }
}
