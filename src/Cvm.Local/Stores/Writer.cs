using System.Threading.Channels;

namespace Cvm.Local;

/// <summary>The one thread that writes. What waits when it comes round shares one commit, and is answered only after it.</summary>
sealed class Writer : IAsyncDisposable
{
    const int ChangesPerCommit = 2_000;
    const int MostWaiting = 8_192;

    readonly Channel<Work> queue = System.Threading.Channels.Channel.CreateBounded<Work>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Database database;
    readonly ChangeTables tables;
    readonly Lock gate = new();
    readonly List<Work> group = [];
    volatile bool atOnce;

    public Writer(Database database, DossierCache cache, ChangeLog portraits)
    {
        (this.database, tables) = (database, new(database, cache, portraits));
        new Thread(Run) { Name = "cvm writer", IsBackground = true }.Start();
    }

    /// <summary>Does it within the next commit; answers when that is on disk, and fails where it failed.</summary>
    /// <param name="size">How many changes it counts for.</param>
    public Task<T> Do<T>(int size, Func<ChangeTables, T> act, CancellationToken stop) => Queue(new Work<T>(size, act), stop);

    /// <summary>Does it on the writer's thread outside any transaction.</summary>
    public Task<T> DoAlone<T>(Func<ChangeTables, T> act, CancellationToken stop) => Queue(new Work<T>(1, act) { Alone = true }, stop);

    /// <summary>Whether each piece of work is done on the thread that brings it, in a commit of its own. Where a commit does not
    /// wait for the disk there is nothing to share, and the way to another thread costs more than the work.</summary>
    public bool AtOnce
    {
        get => atOnce;
        set => atOnce = value;
    }

    /// <summary>Takes nothing more, finishes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
    }

    public long Commits { get; private set; }

    async Task<T> Queue<T>(Work<T> work, CancellationToken stop)
    {
        if (atOnce)
        {
            Land([work]);
            return await work.Done;
        }

        try
        {
            await queue.Writer.WriteAsync(work, stop);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore), "The store is closed.");
        }

        return await work.Done;
    }

    void Run()
    {
        try
        {
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                Gather();
                Land(group);
            }
        }
        finally
        {
            database.Dispose();
            ended.SetResult();
        }
    }

    void Gather()
    {
        group.Clear();
        for (var size = 0; size < ChangesPerCommit && queue.Reader.TryPeek(out var next); size += next.Size)
        {
            if (next.Alone && group.Count > 0) return;

            queue.Reader.TryRead(out _);
            group.Add(next);
            if (next.Alone) return;
        }
    }

    void Land(List<Work> group)
    {
        lock (gate)
        {
            try
            {
                if (group is [{ Alone: true } alone]) alone.Act(tables);
                else Commit(group);
            }
            catch (Exception problem)
            {
                Undo();
                foreach (var work in group) work.Fail(problem);
                return;
            }

            tables.Landed();
        }

        foreach (var work in group) work.Finish();
    }

    void Commit(List<Work> group)
    {
        database.Use("begin immediate").Run();
        foreach (var work in group) work.Act(tables);
        tables.WriteTallies();
        database.Use("commit").Run();
        Commits++;
    }

    void Undo()
    {
        tables.Forget();
        database.RollBack();
    }
}

/// <summary>Something for the writer to do, and somebody who waits for it.</summary>
abstract class Work(int size)
{
    public int Size => size;
    public bool Alone { get; init; }

    public abstract void Act(ChangeTables tables);
    public abstract void Finish();
    public abstract void Fail(Exception problem);
}

sealed class Work<T>(int size, Func<ChangeTables, T> act) : Work(size)
{
    readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T? result;

    public Task<T> Done => done.Task;

    public override void Act(ChangeTables tables) => result = act(tables);
    public override void Finish() => done.SetResult(result!);
    public override void Fail(Exception problem) => done.SetException(problem);
}
