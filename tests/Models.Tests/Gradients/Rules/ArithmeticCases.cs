namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Arithmetic of two or more tensors, with broadcasting of every kind.</summary>
internal sealed class ArithmeticCases : IGradientCases
{
    private static readonly (long[] Left, long[] Right, string What)[] Broadcasts =
    [
        ([2, 3], [2, 3], "same shape"),
        ([2, 3], [3], "a row"),
        ([2, 3], [2, 1], "a column"),
        ([3], [2, 3], "a row on the left"),
        ([2, 1, 4], [3, 1], "both sides"),
        ([2, 3], [], "a scalar"),
        ([], [2, 3], "a scalar on the left"),
        ([1], [1, 1], "ones"),
        ([2, 3, 2], [1, 3, 1], "a channel"),
        ([0, 3], [1, 3], "no elements"),
    ];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var type in new[] { "Add", "Sub", "Mul", "Div" })
        {
            foreach (var (left, right, what) in Broadcasts)
                yield return new GradientCase(type, 13, what).Input("a", left).Input("b", right, 0.5, 2).Node(type, ["a", "b"], ["y"]);
            yield return new GradientCase(type, 7, "a row").Input("a", [2, 3]).Input("b", [3], 0.5, 2).Node(type, ["a", "b"], ["y"]);
            yield return new GradientCase(type, 21, "the same tensor twice").Input("a", [2, 3], 0.5, 2).Node(type, ["a", "a"], ["y"]);
        }
    }
}
