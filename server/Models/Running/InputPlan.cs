using System.Collections.Immutable;
using ExplainLsp.Models.Reading;

namespace ExplainLsp.Models.Running;

/// <summary>What a model wants, from its declared inputs.</summary>
/// <param name="Inputs">Its inputs without the batch dimension.</param>
/// <param name="FixedBatch">Rows that every run must have; 0 when the model leaves it open.</param>
internal sealed record InputPlan(ImmutableArray<InputPlan.Input> Inputs, int FixedBatch)
{
    /// <summary>One input.</summary>
    /// <param name="Public">As callers see it.</param>
    /// <param name="RankKnown">Whether the model declares how many dimensions it has.</param>
    internal sealed record Input(SessionInput Public, bool RankKnown);

    /// <exception cref="ModelException">An input that cannot be fed with rows.</exception>
    public static InputPlan Of(ModelFile file)
    {
        var inputs = ImmutableArray.CreateBuilder<Input>(file.Inputs.Length);
        var fixedBatch = 0;
        foreach (var input in file.Inputs)
        {
            var type = ElementType(input.Type) ?? throw new ModelException(
                $"{file.DisplayName} takes {input.Type} in its input {input.Name}; float, double, int64, int32, bool and string are understood. Export it with one of these.");
            var sizes = OnnxTypeName.Sizes(input);
            if (input.HasShape && sizes.IsEmpty)
                throw NoBatch(file, input);
            var batch = sizes is [> 0 and var rows, ..] ? rows : 0;
            if (batch > 1 && (sizes.Length == 1 || (fixedBatch > 0 && fixedBatch != batch)))
                throw NoBatch(file, input);
            fixedBatch = Math.Max(fixedBatch, batch);
            ImmutableArray<int> row = input.HasShape ? [.. sizes.Skip(1).Select(size => size > 0 ? size : -1)] : [-1];
            inputs.Add(new Input(new SessionInput(input.Name, type, row), input.HasShape));
        }

        return new InputPlan(inputs.MoveToImmutable(), fixedBatch);
    }

    private static ModelException NoBatch(ModelFile file, ModelValue input) =>
        new($"{file.DisplayName} takes no rows in its input {input.Name} (shape [{string.Join(", ", input.Shape)}]). Export it with a batch dimension.");

    private static Type? ElementType(string type) => type switch
    {
        "float" => typeof(float),
        "double" => typeof(double),
        "int64" => typeof(long),
        "int32" => typeof(int),
        "bool" => typeof(bool),
        "string" => typeof(string),
        _ => null,
    };
}
