using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// If with a computed condition: an If of the same condition whose branches compute the gradients of what the branch takes from outside. Only
/// the branch that ran is differentiated, so the other may be one that cannot run.
/// </summary>
internal sealed class IfRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["If"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        GraphProto[] branches = [Branch(context, "then_branch"), Branch(context, "else_branch")];
        string[] captured = [.. branches.SelectMany(GraphNodes.Captured).Distinct().Where(context.NeedsTensor)];
        var gradients = Enumerable.Range(0, context.Node.Output.Count).Select(context.Gradient).ToArray();
        var backward = branches.Select(branch => context.BranchGradient(branch, gradients, captured)).ToArray();
        var results = context.AddMany(
            "If", [context.Input(0)], captured.Length, ("then_branch", backward[0]), ("else_branch", backward[1]));
        for (var i = 0; i < captured.Length; i++)
            context.GiveTensor(captured[i], results[i]);
    }

    private static GraphProto Branch(GradientContext context, string name) =>
        context.Node.Find(name)?.G ?? throw context.Refuse("a branch is missing");
}
