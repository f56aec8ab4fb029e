using System.Collections.Concurrent;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>All cases of this assembly, and how they went.</summary>
internal static class GradientCaseList
{
    private static readonly ConcurrentDictionary<string, Lazy<CaseResult>> Results = new();

    public static IReadOnlyList<GradientCase> All { get; } = Find();

    public static GradientCase Find(string name) => All.Single(which => which.Name == name);

    public static CaseResult Result(GradientCase which) => Results.GetOrAdd(which.Name, _ => new(() => FiniteDifferences.Compare(which))).Value;

    private static GradientCase[] Find() =>
    [
        .. typeof(GradientCaseList).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGradientCases)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => ((IGradientCases)Activator.CreateInstance(type)!).Cases()),
    ];
}
