namespace Cvm;

// Tasks of the team: given, worked on, done, late.
sealed partial class Deciding
{
    const int MaxTasks = 50;
    const int MaxName = 80;

    void GiveTask(Step.Task step, ref Enrollment e)
    {
        var task = new StaffTask
        {
            Id = Key(e, step),
            For = step.For,
            Do = Fill(step.Do, e),
            At = now,
            Kind = step.Kind,
            DueAt = step.Due?.After(now, Zone, playbook.Policies.Hours),
            Outcomes = step.Outcomes.IsDefault ? [] : step.Outcomes,
        };
        e = e with { Task = task.Id };
        AddTask(task, e.Journey, step.Id);
        TellStaff(task.Id, step.For, task.Do, null, e, step.Id, task.DueAt);
    }

    void AddTask(StaffTask task, string? journey, string? step)
    {
        dossier = dossier with
        {
            Tasks = RoomIn(dossier.Tasks, MaxTasks, known => !known.Open).Add(task),
            Effort = dossier.Effort with { Tasks = dossier.Effort.Tasks + 1 },
        };
        Say(new(now, Happening.TaskGiven) { Subject = task.Do, Because = task.For, Until = task.DueAt, Journey = journey, Step = step });
    }

    bool RecordTaskDone(Signal.TaskDone done)
    {
        if (FindTask(done.Task) is not (>= 0 and var at) || !dossier.Tasks[at].Open)
        {
            Say(new(now, Happening.Ignored) { Subject = done.Task, Because = "no such task is open", By = Named(done.By) });
            return false;
        }

        var task = dossier.Tasks[at];
        var said = Named(done.Outcome);
        var known = task.Outcomes.IsEmpty ? said : task.Outcomes.FirstOrDefault(one => string.Equals(one, said, StringComparison.OrdinalIgnoreCase));
        if (said is not null && known is null)
            Say(new(now, Happening.Ignored) { Subject = $"the outcome '{said}'", Because = $"this task ends as {string.Join(", ", task.Outcomes)}", By = Named(done.By) });

        var when = done.At > now ? now : done.At;
        var ended = task with { DoneAt = when, DoneBy = Named(done.By), Outcome = known, Note = Words(done.Note) ?? (known is null ? said : null) ?? task.Note };
        dossier = dossier with { Tasks = dossier.Tasks.SetItem(at, ended), Contacts = With(new Contact(task.Kind, when)) };
        if (ended.DoneBy is { } by) NoteAgent(e => e.Task == done.Task, by);
        CloseIn(task.Plan, when);
        Say(new(now, Happening.TaskDone) { Subject = task.Do, Because = Told(known, ended.Note), By = ended.DoneBy, Journey = task.Journey });
        return true;
    }

    void RecordTaskWork(Signal.TaskWorked work)
    {
        if (FindTask(work.Task) is not (>= 0 and var at) || !dossier.Tasks[at].Open)
        {
            Say(new(now, Happening.Ignored) { Subject = work.Task, Because = "no such task is open", By = Named(work.By) });
            return;
        }

        var (task, note) = (dossier.Tasks[at], Words(work.Note));
        switch (work.Work)
        {
            case TaskWork.Assign:
                PutTask(at, task with { Assignee = Named(work.To) }, new(now, Happening.TaskAssigned) { Because = Named(work.To) }, work.By);
                break;
            case TaskWork.PutOff when work.Until is { } until && until > now:
                PutTask(at, task with { DueAt = until, OverdueTold = false, PutOff = task.PutOff + 1, Note = note ?? task.Note }, new(now, Happening.TaskPutOff) { Because = note, Until = until }, work.By);
                break;
            case TaskWork.Cancel:
                PutTask(at, task with { CancelledAt = now, CancelledBy = Named(work.By), Note = note ?? task.Note }, new(now, Happening.TaskCancelled) { Because = note }, work.By);
                CloseIn(task.Plan, now);
                Raise(new Signal.TaskMoved(now, task.Id, TaskMove.Cancelled));
                break;
            default:
                Say(new(now, Happening.Ignored) { Subject = task.Do, Because = "it can only be put off to a time that is still to come", By = Named(work.By) });
                break;
        }
    }

    void PutTask(int at, StaffTask next, Line line, string by)
    {
        dossier = dossier with { Tasks = dossier.Tasks.SetItem(at, next) };
        Say(line with { Subject = next.Do, By = Named(by), Journey = next.Journey });
    }

    // Once for each time it is due; late or not, it stays to be done.
    void TellOverdue()
    {
        for (var at = 0; at < dossier.Tasks.Length; at++)
        {
            var task = dossier.Tasks[at];
            if (task.LateAt is not { } late || late > now) continue;

            dossier = dossier with { Tasks = dossier.Tasks.SetItem(at, task with { OverdueTold = true }) };
            Say(new(now, Happening.TaskOverdue) { Subject = task.Do, Because = task.Assignee ?? task.For, Until = late, Journey = task.Journey });
            Raise(new Signal.TaskMoved(late, task.Id, TaskMove.Overdue));
        }

        Settle();
    }

    int FindTask(string? id)
    {
        for (var i = dossier.Tasks.Length - 1; i >= 0; i--) if (dossier.Tasks[i].Id == id) return i;
        return -1;
    }

    static string? Told(string? outcome, string? note) => (outcome, note) switch
    {
        (null, _) => note,
        (_, null) => outcome,
        _ => $"{outcome}; {note}",
    };

    static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : Excerpt(text.Trim());

    static string? Named(string? name) => Words(name) is { } words ? words.Length <= MaxName ? words : words[..MaxName] : null;
}
