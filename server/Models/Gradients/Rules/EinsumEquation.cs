using System.Collections.Immutable;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>An Einsum equation with its ellipsis spelled out and its output written down.</summary>
/// <param name="Operands">The labels of each operand, one a dimension.</param>
/// <param name="Output">The labels of the output.</param>
internal sealed record EinsumEquation(ImmutableArray<string> Operands, string Output)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Reads an equation.</summary>
    /// <param name="equation">As the node has it: <c>bij,bjk->bik</c>; blanks are ignored, the output may be left out.</param>
    /// <param name="ranks">The rank of each operand.</param>
    /// <returns>The equation; null when it does not fit the operands.</returns>
    public static EinsumEquation? Parse(string equation, IReadOnlyList<int> ranks)
    {
        var text = equation.Replace(" ", string.Empty, StringComparison.Ordinal);
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        var operands = (arrow < 0 ? text : text[..arrow]).Split(',');
        if (operands.Length != ranks.Count)
            return null;
        var free = Letters.Where(letter => !text.Contains(letter)).ToArray();
        var hidden = operands.Select((operand, i) => operand.Contains("...", StringComparison.Ordinal) ? ranks[i] - (operand.Length - 3) : 0).ToArray();
        var most = hidden.Max();
        if (hidden.Any(count => count < 0) || most > free.Length)
            return null;

        // Ellipses align at the right, as broadcasting does.
        string Ellipsis(int count) => new(free, most - count, count);
        var spelled = operands.Select((operand, i) => operand.Replace("...", Ellipsis(hidden[i]), StringComparison.Ordinal)).ToImmutableArray();
        if (spelled.Where((labels, i) => labels.Length != ranks[i]).Any())
            return null;
        var all = Ellipsis(most);
        var output = arrow >= 0
            ? text[(arrow + 2)..].Replace("...", all, StringComparison.Ordinal)
            : all + string.Concat(string.Concat(spelled).GroupBy(label => label)
                .Where(group => group.Count() == 1 && !all.Contains(group.Key)).Select(group => group.Key).Order());
        return new EinsumEquation(spelled, output);
    }

    /// <summary>Whether an operand, or the output, repeats a label: a diagonal.</summary>
    public bool HasDiagonal => Operands.Append(Output).Any(labels => labels.Distinct().Count() < labels.Length);
}
