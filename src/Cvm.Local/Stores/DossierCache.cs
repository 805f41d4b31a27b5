namespace Cvm.Local;

/// <summary>The dossiers that landed last, at most about <paramref name="most"/>. Only the writer puts, in the order of its commits, so
/// that a dossier in here is never older than the one on disk was when its caller was answered.</summary>
sealed class DossierCache(int most)
{
    readonly Lock gate = new();
    Dictionary<string, (Dossier Dossier, long Revision)> young = new(StringComparer.Ordinal), old = new(StringComparer.Ordinal);

    public bool Find(string customer, out (Dossier Dossier, long Revision) found)
    {
        lock (gate)
        {
            if (young.TryGetValue(customer, out found)) return true;
            if (!old.Remove(customer, out found)) return false;

            Add(customer, found);
            return true;
        }
    }

    public void Put(Dossier dossier, long revision)
    {
        lock (gate)
        {
            old.Remove(dossier.Customer);
            Add(dossier.Customer, (dossier, revision));
        }
    }

    public void Drop(string customer)
    {
        lock (gate)
        {
            young.Remove(customer);
            old.Remove(customer);
        }
    }

    // Two generations: what nobody asked for while one filled up goes with the next.
    void Add(string customer, (Dossier, long) found)
    {
        if (young.Count >= most / 2)
        {
            (young, old) = (old, young);
            young.Clear();
        }

        young[customer] = found;
    }
}
