namespace ExplainLsp.Samples.Tests;

public sealed class TableEncoderTests
{
    private static readonly InputSpec[] ageAndStatus = [Fixture.Input<float>("age", 1), Fixture.Input<string>("marital_status", 1)];

    [Fact]
    public void Bind_AdultHeader_NamesTheInputsDespitePunctuation()
    {
        var table = Table.Read(Fixture.Path("data/adult/test.csv"));
        string[] names = ["age", "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex", "capital_gain",
            "capital_loss", "hours_per_week", "native_country"];
        string[] numeric = ["age", "capital_gain", "capital_loss", "hours_per_week"];
        InputSpec[] inputs = [.. names.Select(name => numeric.Contains(name) ? Fixture.Input<float>(name, 1) : Fixture.Input<string>(name, 1))];

        var encoder = TableEncoder.Bind(table, inputs, []);

        Assert.True(encoder.ByName);
        Assert.Equal(Enumerable.Range(0, 12), encoder.Columns.Select(column => column.Column));
        Assert.Equal("marital-status", encoder.Columns[3].Name);
        var rows = encoder.Encode(table, [0, 3], "test.csv");
        Assert.Equal(50, rows.Number(0, 0));
        Assert.Equal("Married-civ-spouse", rows.Text(0, 3));
        Assert.Equal("Married-civ-spouse", ((string[])rows.Batch.Tensors[3].Data)[0]);
        Assert.Equal("2 rows of test.csv", rows.Description);
    }

    [Fact]
    public void Bind_InputsInAnotherOrder_ColumnsStayInTableOrder()
    {
        var table = Table.Parse("Marital-Status,extra,AGE\nsingle,0,3\n");
        var encoder = TableEncoder.Bind(table, ageAndStatus, []);

        Assert.Equal(["Marital-Status", "AGE"], encoder.Columns.Select(column => column.Name));
        Assert.Equal([1, 0], encoder.Columns.Select(column => column.Input));
        Assert.Equal(3, encoder.Encode(table, [0]).Number(0, 1));
    }

    [Fact]
    public void Bind_ExactNameBesideASimilarOne_TakesTheExact()
    {
        var table = Table.Parse("marital-status,marital_status,age\nwrong,right,3\n");
        Assert.Equal("right", TableEncoder.Bind(table, ageAndStatus, []).Encode(table, [0]).Text(0, 0));
    }

    [Fact]
    public void Bind_TwoSimilarNames_AsksToRename()
    {
        var table = Table.Parse("marital-status,Marital Status,age\na,b,3\n");
        var error = Assert.Throws<SampleException>(() => TableEncoder.Bind(table, ageAndStatus, []));
        Assert.Contains("could be any of the columns \"marital-status\", \"Marital Status\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_MissingColumn_NamesInputAndNearestColumn()
    {
        var table = Table.Parse("agee,marital-status\n1,a\n");
        var error = Assert.Throws<SampleException>(() => TableEncoder.Bind(table, ageAndStatus, []));
        Assert.Equal("The model's input age has no column in the header (line 1). Did you mean the column \"agee\"? Rename it, or choose another model.", error.Message);
    }

    [Theory]
    [InlineData("a,b,c")]
    [InlineData("id,a,b,c")]
    [InlineData(",a,b,c")]
    [InlineData("Unnamed: 0,a,b,c")]
    [InlineData("a,b,c,target")]
    [InlineData("target,a,b,c")]
    [InlineData("a,b,c,quality")]
    [InlineData("id,a,b,c,target")]
    [InlineData("id,a,b,c,quality")]
    public void Bind_ThreeFloats_FindsTheFeatures(string header)
    {
        var columns = header.Split(',').Length;
        var table = Table.Parse($"{header}\n{string.Join(',', Enumerable.Range(0, columns))}\n");

        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("X", 3)], []);

        Assert.False(encoder.ByName);
        Assert.Equal(["a", "b", "c"], encoder.Columns.Select(column => column.Name));
        Assert.Equal([0, 1, 2], encoder.Columns.Select(column => column.Offset));
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b,c,d,e")]
    [InlineData("id,index,a,b,c")]
    public void Bind_WrongCount_SaysHowMany(string header)
    {
        var columns = header.Split(',').Length;
        var table = Table.Parse($"{header}\n{string.Join(',', Enumerable.Range(0, columns))}\n");
        var error = Assert.Throws<SampleException>(() => TableEncoder.Bind(table, [Fixture.Input<float>("X", 3)], []));
        Assert.StartsWith($"The model's input X takes 3 numeric columns, the file has {columns}.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_TargetKnown_DoesNotGuessAnother()
    {
        var table = Table.Parse("a,b,c,d,target\n1,2,3,4,5\n");
        Assert.Throws<SampleException>(() => TableEncoder.Bind(table, [Fixture.Input<float>("X", 3)], ["target"], guessTarget: false));
        Assert.Equal(4, TableEncoder.Bind(table, [Fixture.Input<float>("X", 4)], ["target"], guessTarget: false).Columns.Length);
    }

    [Fact]
    public void Bind_TextColumns_NeverGoIntoFloats()
    {
        var table = Table.Parse("name,a,species,b\nx,1,setosa,2\ny,,virginica,3\n");
        Assert.Equal(["a", "b"], TableEncoder.Bind(table, [Fixture.Input<float>("X", 2)], []).Columns.Select(column => column.Name));
        Assert.Throws<SampleException>(() => TableEncoder.Bind(table, [Fixture.Input<float>("X", 4)], []));
    }

    [Fact]
    public void Bind_OutputsName_IsATarget()
    {
        var table = Table.Parse("progression,a,b\n1,2,3\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("X", 2)], [], targetNames: ["Progression"]);
        Assert.Equal(["a", "b"], encoder.Columns.Select(column => column.Name));
    }

    [Fact]
    public void Bind_OpenWidth_TakesAllNumericColumns()
    {
        var encoder = TableEncoder.Bind(Table.Parse("a,b,target,t\n1,2,3,x\n"), [Fixture.Input<float>("X", -1)], []);
        Assert.Equal(["a", "b"], encoder.Columns.Select(column => column.Name));
        Assert.Equal([2], encoder.Inputs[0].RowShape);
    }

    [Fact]
    public void Bind_WideInputsByKind_ShareTheColumns()
    {
        var table = Table.Parse("a,colour,b,shape,target\n1,red,2,round,0\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("numbers", 2), Fixture.Input<string>("texts", 2)], ["target"], guessTarget: false);

        Assert.Equal([(0, 0), (1, 0), (0, 1), (1, 1)], encoder.Columns.Select(column => (column.Input, column.Offset)));
        var rows = encoder.Encode(table, [0]);
        Assert.Equal([1f, 2f], (float[])rows.Batch.Tensors[0].Data);
        Assert.Equal(["red", "round"], (string[])rows.Batch.Tensors[1].Data);
    }

    [Fact]
    public void Bind_NumberedColumns_FeedWideInputs()
    {
        var table = Table.Parse("q_1,p_0,p_1,q_0\n1,2,3,4\n");
        var encoder = TableEncoder.Bind(table, [Fixture.Input<float>("p", 2), Fixture.Input<float>("q", 2)], []);
        var rows = encoder.Encode(table, [0]);

        Assert.True(encoder.ByName);
        Assert.Equal([2f, 3f], (float[])rows.Batch.Tensors[0].Data);
        Assert.Equal([4f, 1f], (float[])rows.Batch.Tensors[1].Data);
    }

    [Fact]
    public void Bind_WideInputsOfOneKind_AreRefused()
    {
        var error = Assert.Throws<SampleException>(() =>
            TableEncoder.Bind(Table.Parse("a,b,c,d\n1,2,3,4\n"), [Fixture.Input<float>("p", 2), Fixture.Input<float>("q", 2)], []));
        Assert.Contains("p and q", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ImageInputEmptyTableNoInput_AreRefused()
    {
        var table = Table.Parse("a,b\n1,2\n");
        Assert.Contains("3 × 8 × 8", Assert.Throws<SampleException>(() => TableEncoder.Bind(table, [Fixture.Input<float>("image", 3, 8, 8)], [])).Message, StringComparison.Ordinal);
        Assert.Throws<SampleException>(() => TableEncoder.Bind(Table.Parse(""), ageAndStatus, []));
        Assert.Throws<SampleException>(() => TableEncoder.Bind(table, [], []));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("NULL")]
    [InlineData("  ")]
    public void Encode_MissingFloat_IsNaN(string cell)
    {
        var table = Table.Parse($"age,marital-status\n1,a\n{cell},b\n");
        Assert.True(double.IsNaN(TableEncoder.Bind(table, ageAndStatus, []).Encode(table, [1]).Number(0, 0)));
    }

    [Fact]
    public void Encode_AllValuesMissing_IsRefusedWithTheLine()
    {
        var table = Table.Parse("age,marital-status\n1,a\n,NA\n");
        var refused = Assert.Throws<SampleException>(() => TableEncoder.Bind(table, ageAndStatus, []).Encode(table, [1]));
        Assert.Equal("Row 1 has no values: all 2 columns are missing (line 3). Fill the row in or remove it.", refused.Message);
    }

    [Fact]
    public void Encode_TextInput_TakesTheCellAsWritten()
    {
        var table = Table.Parse("age,marital-status\n1,NA\n2,\n");
        Assert.Equal(["NA", ""], (string[])TableEncoder.Bind(table, ageAndStatus, []).Encode(table, [0, 1]).Batch.Tensors[1].Data);
    }

    [Fact]
    public void Encode_Floats_RoundFromDouble()
    {
        var table = Table.Parse("x\n0.1\n1e-3\n-7\n 3 \n1.00000017881393432617187499\n");
        var data = (float[])TableEncoder.Bind(table, [Fixture.Input<float>("x", 1)], []).Encode(table, [0, 1, 2, 3, 4]).Batch.Tensors[0].Data;
        Assert.Equal([0.1f, 0.001f, -7f, 3f, (float)1.00000017881393432617187499], data);
    }

    [Theory]
    [InlineData(typeof(float), "old", "Row 1, column x: \"old\" is not a number (line 4). Write a number, or leave the cell empty.")]
    [InlineData(typeof(float), "\"1,5\"", "Row 1, column x: \"1,5\" is not a number (line 4). Write a number, or leave the cell empty.")]
    [InlineData(typeof(float), "1e39", "is larger than a 32-bit float can hold (line 4)")]
    [InlineData(typeof(long), "1.5", "\"1.5\" is not a whole number (line 4)")]
    [InlineData(typeof(long), "1e30", "is not a whole number (line 4)")]
    [InlineData(typeof(int), "3000000000", "is not a whole number (line 4)")]
    [InlineData(typeof(long), "NA", "is missing, and the model takes whole numbers here (line 4)")]
    [InlineData(typeof(bool), "maybe", "is not true or false (line 4)")]
    public void Encode_CellThatDoesNotFit_NamesRowLineColumnAndCell(Type type, string cell, string message)
    {
        var table = Table.Parse($"x,y\n1,2\n\n{cell},3\n");
        var encoder = TableEncoder.Bind(table, [new InputSpec("x", type, [1])], []);
        Assert.Contains(message, Assert.Throws<CellException>(() => encoder.Encode(table, [0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_RowOfWrongLength_IsRefusedWithBothCounts()
    {
        var table = Table.Parse("age,marital-status\n1,a\n2\n");
        var encoder = TableEncoder.Bind(table, ageAndStatus, []);
        var error = Assert.Throws<SampleException>(() => encoder.Encode(table, [1]));
        Assert.StartsWith("Row 1 has 1 field, the header has 2 (line 3).", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, encoder.Encode(table, [0]).RowCount);
    }

    [Fact]
    public void Encode_RowOutsideOrOtherHeader_IsRefused()
    {
        var table = Table.Parse("age,marital-status\n1,a\n");
        var encoder = TableEncoder.Bind(table, ageAndStatus, []);
        Assert.Contains("Row 1 does not exist", Assert.Throws<SampleException>(() => encoder.Encode(table, [1])).Message, StringComparison.Ordinal);
        Assert.Throws<SampleException>(() => encoder.Encode(Table.Parse("marital-status,age\na,1\n"), [0]));
    }

    [Fact]
    public void Encode_Cancelled_Stops()
    {
        var table = Table.Parse("age,marital-status\n1,a\n");
        Assert.Throws<OperationCanceledException>(() =>
            TableEncoder.Bind(table, ageAndStatus, []).Encode(table, [0], null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Encode_WholeAndBool_ReadUsualSpellings()
    {
        var table = Table.Parse("n,b\n3.0,TRUE\n-4,0\n");
        var rows = TableEncoder.Bind(table, [Fixture.Input<long>("n", 1), Fixture.Input<bool>("b", 1)], []).Encode(table, [0, 1]);
        Assert.Equal([3L, -4L], (long[])rows.Batch.Tensors[0].Data);
        Assert.Equal([true, false], (bool[])rows.Batch.Tensors[1].Data);
        Assert.Equal(1, rows.Number(0, 1));
    }
}
