using System.Reflection;
using Cvm.Engine;
using Cvm.Tests;

namespace Cvm.Functions.Tests;

/// <summary>Table Storage keeps what every store must keep.</summary>
public sealed class TableStoreTests
{
    public static TheoryData<string, int> Contract
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var test in Tests()) for (var i = 0; i < Cases(test).Count; i++) data.Add(test.Name, i);
            return data;
        }
    }

    [NeedsAzuriteTheory, MemberData(nameof(Contract))]
    public async Task Keeps_the_contract(string test, int number)
    {
        var contract = new InTables();
        var method = Tests().Single(each => each.Name == test);
        await contract.InitializeAsync();

        try
        {
            await (Task)method.Invoke(contract, Cases(method)[number])!;
        }
        finally
        {
            await contract.DisposeAsync();
        }
    }

    static IEnumerable<MethodInfo> Tests() => typeof(StoreContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

    static List<object?[]> Cases(MethodInfo test) =>
        test.GetCustomAttribute<TheoryAttribute>() is null ? [[]] : [.. test.GetCustomAttributes<Xunit.Sdk.DataAttribute>().SelectMany(data => data.GetData(test)).Select(row => Fit(row ?? [null], test))];

    static object?[] Fit(object?[] row, MethodInfo test)
    {
        var most = test.GetParameters().Length;
        return test.GetParameters()[^1].ParameterType == typeof(string[]) ? [.. row.Take(most - 1), row.Skip(most - 1).Cast<string>().ToArray()] : row;
    }

    sealed class InTables : StoreContract
    {
        Opened opened = null!;

        protected override async Task<IStore> Open() => (opened = await Opened.New()).Store;

        protected override async Task Close(IStore store) => await opened.DisposeAsync();
    }
}
