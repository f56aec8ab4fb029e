using System.Collections.Frozen;
using ExplainLsp.Models.Gradients.Decompositions.Attention;
using ExplainLsp.Models.Gradients.Decompositions.Classical;
using ExplainLsp.Models.Gradients.Decompositions.ControlFlow;
using ExplainLsp.Models.Gradients.Decompositions.Fusions;
using ExplainLsp.Models.Gradients.Decompositions.Normalisations;
using ExplainLsp.Models.Gradients.Decompositions.Recurrent;

namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>All decompositions. A new one is a new file and one line here.</summary>
internal static class DecompositionCatalog
{
    private static readonly FrozenDictionary<string, IDecomposition> Always = ByOperator(
    [
        new IfDecomposition(),
        new LoopDecomposition(),
        new ScanDecomposition(),
        new LstmDecomposition(),
        new GruDecomposition(),
        new RnnDecomposition(),
        new GeluDecomposition(),
        new MatrixDecomposition(),
        new EmbeddingDecomposition(),
        new SkipNormalizationDecomposition(),
        new AttentionDecomposition(),
        new LinearModelDecomposition(),
    ]);

    private static readonly FrozenDictionary<string, IDecomposition> OnRequest = ByOperator(
        [new NormalisationDecomposition(), new ReductionDecomposition(), new LocalResponseDecomposition()]);

    /// <summary>The decomposition of an operator; null where it is differentiated as it is.</summary>
    /// <param name="type">The operator, with its domain where it is not the default one.</param>
    /// <param name="wanted">Operators that the backward rules want decomposed although they have a gradient.</param>
    public static IDecomposition? For(string type, IReadOnlyList<string> wanted) =>
        Always.GetValueOrDefault(type) ?? (wanted.Contains(type) ? OnRequest.GetValueOrDefault(type) : null);

    private static FrozenDictionary<string, IDecomposition> ByOperator(IReadOnlyList<IDecomposition> all) =>
        all.SelectMany(one => one.Operators.Select(type => (type, one))).ToFrozenDictionary(pair => pair.type, pair => pair.one, StringComparer.Ordinal);
}
