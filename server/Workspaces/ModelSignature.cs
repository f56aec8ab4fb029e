using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Workspaces;

/// <summary>What a model takes and gives, as much as binding needs.</summary>
/// <param name="Inputs">What the model wants, in its own order.</param>
/// <param name="Outputs">What can be explained, the most likely first.</param>
public sealed record ModelSignature(ImmutableArray<SessionInput> Inputs, ImmutableArray<SessionOutput> Outputs)
{
    /// <summary>Whether images or tensors can be its input: one input, of floating point numbers.</summary>
    public bool TakesGrids => GridInput.Of(this) is not null;

    /// <summary>Whether its input is shaped like a picture: [channels, height, width] or [height, width, channels] a row.</summary>
    public bool TakesImages => GridInput.IsImageLike(this);

    /// <summary>The signature of an open model.</summary>
    public static ModelSignature Of(ModelSession session) => new(session.Inputs, session.Outputs);
}

/// <summary>Finds a model's signature.</summary>
/// <param name="modelPath">The model's full path.</param>
/// <param name="cancellation">Stops the opening.</param>
/// <exception cref="ModelException">The file is no model that can be used.</exception>
public delegate ModelSignature ModelSignatureSource(string modelPath, CancellationToken cancellation);
