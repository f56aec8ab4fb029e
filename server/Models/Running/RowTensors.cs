namespace ExplainLsp.Models.Running;

/// <summary>The tensors that a caller gives, checked against what the model declares and put into its order.</summary>
internal static class RowTensors
{
    /// <exception cref="ModelRunException">An input is missing, of another type or shape, or too short.</exception>
    public static ModelTensor[] Arrange(ModelFile file, InputPlan plan, IReadOnlyList<ModelTensor> tensors, int rows)
    {
        var arranged = new ModelTensor[plan.Inputs.Length];
        for (var i = 0; i < arranged.Length; i++)
        {
            var input = plan.Inputs[i];
            arranged[i] = Find(file, tensors, input.Public.Name);
            Check(file, input, arranged[i], rows);
        }

        if (tensors.Count > arranged.Length)
        {
            var names = plan.Inputs.Select(input => input.Public.Name).ToHashSet();
            var unknown = tensors.First(tensor => !names.Contains(tensor.Name)).Name;
            throw new ModelRunException($"{file.DisplayName} has no input {unknown}. Its inputs are {string.Join(", ", names)}.");
        }

        return arranged;
    }

    /// <summary>Elements of one row of all inputs.</summary>
    public static long Elements(ModelTensor[] tensors) => tensors.Sum(RowSize);

    /// <summary>Bytes of one row of all inputs; a text counts as its reference.</summary>
    public static long Bytes(ModelTensor[] tensors) => tensors.Sum(tensor => RowSize(tensor) * tensor.Data switch
    {
        float[] or int[] => 4L,
        bool[] => 1L,
        _ => 8L,
    });

    /// <summary>Rows of zeros and empty texts, open dimensions as one.</summary>
    public static ModelTensor[] Zeros(InputPlan plan, int rows) => [.. plan.Inputs.Select(input =>
    {
        int[] shape = [.. input.Public.RowShape.Select(size => Math.Max(size, 1))];
        var data = Array.CreateInstance(input.Public.ElementType, checked((int)shape.Aggregate((long)rows, (product, size) => product * size)));
        if (data is string[] texts)
            Array.Fill(texts, "");
        return new ModelTensor(input.Public.Name, data, shape);
    })];

    private static ModelTensor Find(ModelFile file, IReadOnlyList<ModelTensor> tensors, string name)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Name == name)
                return tensor;
        }

        throw new ModelRunException($"{file.DisplayName} was given nothing for its input {name}.");
    }

    private static void Check(ModelFile file, InputPlan.Input input, ModelTensor tensor, int rows)
    {
        var (name, type, shape) = input.Public;
        if (tensor.Data.GetType().GetElementType() != type)
        {
            throw new ModelRunException(
                $"{file.DisplayName} takes {type.Name.ToLowerInvariant()} in its input {name}, and was given {tensor.Data.GetType().GetElementType()!.Name.ToLowerInvariant()}.");
        }

        var fits = !input.RankKnown || shape.Length == tensor.RowShape.Count;
        for (var i = 0; fits && input.RankKnown && i < shape.Length; i++)
            fits = shape[i] < 0 || shape[i] == tensor.RowShape[i];
        if (!fits)
        {
            throw new ModelRunException(
                $"{file.DisplayName} takes {InputBlock.Describe(shape)} in its input {name} for a row, and was given {InputBlock.Describe(tensor.RowShape)}.");
        }

        if (tensor.Data.LongLength < rows * RowSize(tensor))
            throw new ModelRunException($"{file.DisplayName} was given fewer than {rows} rows in its input {name}.");
    }

    private static long RowSize(ModelTensor tensor)
    {
        var size = 1L;
        foreach (var dimension in tensor.RowShape)
            size *= dimension;
        return size;
    }
}
