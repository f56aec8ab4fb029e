using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>A method that says what a model does over a whole file. One file a method; registered once in <see cref="ExplainerCatalog"/>.</summary>
public interface IGlobalExplainer
{
    /// <summary>The id on the command line: <c>permutation-importance</c>.</summary>
    string Id { get; }

    /// <summary>The name as the field writes it.</summary>
    string Title { get; }

    /// <summary>The options that it knows; any other is refused with this list.</summary>
    IReadOnlyList<ExplainerOption> Options { get; }

    /// <summary>Whether it reads <see cref="GlobalRequest.Stream"/> where there is one, so that a file need not fit into memory.</summary>
    bool ReadsStreams => false;

    /// <summary>Computes the explanation: one attribution a feature.</summary>
    /// <exception cref="ExplainerException">An option or budget that cannot be.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, within 100 ms.</exception>
    Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation);
}

/// <summary>What a global explanation is asked for.</summary>
/// <param name="Predictor">The model and the target to explain.</param>
/// <param name="Table">The rows to explain, already encoded for the model.</param>
/// <param name="Labels">
/// The true label of each row: the class's index for a classifier (−1 where the label is none of the classes), the value for a
/// regression (NaN where missing); null when the file has no label column.
/// </param>
/// <param name="Background">What stands in for absent features, for methods that need it.</param>
/// <param name="Options">Options by key, as the user wrote them; checked by <see cref="OptionReader"/>.</param>
/// <param name="Seed">The seed of everything random.</param>
public sealed record GlobalRequest(
    Predictor Predictor, EncodedTable Table, IReadOnlyList<double>? Labels, EncodedTable Background,
    IReadOnlyDictionary<string, string> Options, long Seed)
{
    /// <summary>
    /// The rows of a file that does not fit into memory, for methods that read them so; <see cref="Table"/> is then empty and
    /// <see cref="LabelOf"/> gives the labels. Null where <see cref="Table"/> holds all rows.
    /// </summary>
    public EncodedBlocks? Stream { get; init; }

    /// <summary>The label of a row of <see cref="Stream"/>, by its number in the file, as <see cref="Labels"/>; null when the file has no label column.</summary>
    public Func<int, double>? LabelOf { get; init; }

    /// <summary>The request on its table, or on one block of its stream after another.</summary>
    internal IEnumerable<GlobalRequest> Parts(CancellationToken cancellation) => Stream is null ? [this]
        : Stream.Blocks(Stream.RowCount, Stream.BlockRows, cancellation).Select(block => this with
        {
            Table = block,
            Labels = LabelOf is null ? null : [.. block.RowNumbers.Select(LabelOf)],
            Stream = null,
        });
}
