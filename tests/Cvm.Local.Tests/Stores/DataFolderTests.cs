namespace Cvm.Local.Tests;

public sealed class DataFolderTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Delete();

    [Fact]
    public void A_folder_is_made_for_its_owner_only()
    {
        using var folder = DataFolder.Open(temporary.In("new/shop"));

        Assert.True(Directory.Exists(folder.Path));
        Assert.Equal(temporary.In("new/shop/cvm.db"), folder.Database);
        Assert.True(Directory.Exists(folder.Quarantine));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    [Fact]
    public void A_second_one_is_told_who_holds_it_and_what_to_do()
    {
        using var folder = DataFolder.Open(temporary.Path);

        var refusal = Assert.Throws<UserError>(() => DataFolder.Open(temporary.Path));

        Assert.Equal($"The data folder {temporary.Path} is in use by another cvm (process {Environment.ProcessId}). Stop it, or name another folder with --data.", refusal.Message);
    }

    [Fact]
    public void A_folder_that_was_closed_can_be_opened_again()
    {
        DataFolder.Open(temporary.Path).Dispose();

        using var folder = DataFolder.Open(temporary.Path);

        Assert.Equal(temporary.Path, folder.Path);
    }

    [Fact]
    public void The_code_key_is_made_once_and_nobody_else_may_read_it()
    {
        ImmutableArray<byte> first;
        using (var folder = DataFolder.Open(temporary.Path)) first = folder.CodeKey;

        using var again = DataFolder.Open(temporary.Path);

        Assert.Equal(32, first.Length);
        Assert.Equal(first.AsEnumerable(), again.CodeKey);
        Assert.Contains(first, part => part != 0);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temporary.In("code.key")));
    }

    [Fact]
    public void A_damaged_code_key_is_refused_and_the_folder_let_go()
    {
        File.WriteAllBytes(temporary.In("code.key"), [1, 2, 3]);

        var refusal = Assert.Throws<UserError>(() => DataFolder.Open(temporary.Path));

        Assert.Contains("holds 3 bytes, not 32", refusal.Message, StringComparison.Ordinal);
        File.Delete(temporary.In("code.key"));
        DataFolder.Open(temporary.Path).Dispose();
    }

    [Fact]
    public void A_crash_while_the_key_was_written_does_no_harm()
    {
        File.WriteAllBytes(temporary.In("code.key.new"), [1, 2, 3]);

        using var folder = DataFolder.Open(temporary.Path);

        Assert.Equal(32, folder.CodeKey.Length);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_named()
    {
        File.WriteAllText(temporary.In("shop"), "");

        var refusal = Assert.Throws<UserError>(() => DataFolder.Open(temporary.In("shop")));

        Assert.Contains($"The data folder {temporary.In("shop")} cannot be used", refusal.Message, StringComparison.Ordinal);
    }
}
